/* SPDX-License-Identifier: Apache-2.0
 *
 * Replays a corpus through a fuzz target without a fuzzing engine, so that
 * ordinary test runs keep every input that was ever interesting. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return -1;
	}
	uint8_t *data = malloc(1 << 20);
	if (!data)
		abort();
	size_t size = fread(data, 1, 1 << 20, file);
	fclose(file);
	/* An exact allocation lets the sanitizer see a read past the end. */
	uint8_t *exact = malloc(size ? size : 1);
	if (!exact)
		abort();
	for (size_t i = 0; i < size; i++)
		exact[i] = data[i];
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int count = 0;
	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		if (!folder) {
			perror(argv[i]);
			return 1;
		}
		for (struct dirent *entry; (entry = readdir(folder));) {
			if (entry->d_name[0] == '.')
				continue;
			if (replay(argv[i], entry->d_name) < 0)
				return 1;
			count++;
		}
		closedir(folder);
	}
	printf("%d inputs replayed\n", count);
	return count > 0 ? 0 : 1;
}
