/*
 * A plugin of qemu-user that counts the instructions of each process that it runs.
 *
 *     cc -O2 -shared -fPIC -DVERSION=1 -o counting.so counting.c
 *     qemu-aarch64 -plugin ./counting.so,to=FOLDER ...
 *
 * A process writes a line into FOLDER/PID at its end, and whenever it asks for its priority,
 * which no program of ours does for any other reason. What the kernel does in a system call is not counted.
 *
 * Declared here is what it needs of qemu-plugin.h, which Debian has in no package of its own.
 */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))
/* getpriority, of any 64-bit ARM. */
#define MARK 141

typedef uint64_t plugin_id;
struct plugin_tb;
enum callback_flags { NO_REGISTERS };

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_cb(struct plugin_tb *, void (*)(unsigned int, void *), enum callback_flags,
					  void *);
void qemu_plugin_register_vcpu_syscall_cb(plugin_id, void (*)(plugin_id, unsigned int, int64_t, uint64_t, uint64_t,
							      uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
							      uint64_t));
void qemu_plugin_register_atexit_cb(plugin_id, void (*)(plugin_id, void *), void *);
size_t qemu_plugin_tb_n_insns(const struct plugin_tb *);

EXPORTED int qemu_plugin_version = VERSION;

static atomic_uint_least64_t instructions;
static const char *folder = ".";

static void tell(void)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%d", folder, (int)getpid());
	file = fopen(path, "a");
	if (!file)
		return;
	fprintf(file, "%" PRIu64 "\n", (uint64_t)instructions);
	fclose(file);
}

static void run(unsigned int cpu, void *length)
{
	atomic_fetch_add_explicit(&instructions, (uintptr_t)length, memory_order_relaxed);
}

static void translated(plugin_id id, struct plugin_tb *block)
{
	qemu_plugin_register_vcpu_tb_exec_cb(block, run, NO_REGISTERS, (void *)qemu_plugin_tb_n_insns(block));
}

static void called(plugin_id id, unsigned int cpu, int64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
		   uint64_t e, uint64_t f, uint64_t g, uint64_t h)
{
	if (number == MARK)
		tell();
}

static void ended(plugin_id id, void *nothing)
{
	tell();
}

EXPORTED int qemu_plugin_install(plugin_id id, const void *about, int count, char **arguments)
{
	for (int i = 0; i < count; i++)
		if (!strncmp(arguments[i], "to=", 3))
			folder = strdup(arguments[i] + 3);
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_vcpu_syscall_cb(id, called);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
