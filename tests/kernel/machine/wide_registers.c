/*
 * Lets User Mode Linux run on a processor whose registers are wider than it knows (AMX: 11 kB instead of 2.7 kB).
 *
 * A host kernel takes the extended registers of a traced process only as a whole (-EFAULT otherwise), and UML has room
 * for a part of them. So what UML writes is laid over all that is there. Preloaded into UML, which is linked with libc:
 *
 *     cc -O2 -shared -fPIC -o wide_registers.so wide_registers.c && LD_PRELOAD=./wide_registers.so ./linux-uml ...
 */
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* More than any processor has. */
static char whole[64 * 1024];

long ptrace(enum __ptrace_request request, ...)
{
	va_list rest;
	pid_t pid;
	void *address, *data, *peeked;
	long answer;

	va_start(rest, request);
	pid = va_arg(rest, pid_t);
	address = va_arg(rest, void *);
	data = va_arg(rest, void *);
	va_end(rest);

	if (request == PTRACE_SETREGSET && address == (void *)NT_X86_XSTATE) {
		struct iovec *part = data;
		struct iovec all = { whole, sizeof(whole) };

		answer = syscall(SYS_ptrace, PTRACE_GETREGSET, pid, address, &all);
		if (answer < 0)
			return answer;
		memcpy(whole, part->iov_base, part->iov_len < all.iov_len ? part->iov_len : all.iov_len);
		return syscall(SYS_ptrace, request, pid, address, &all);
	}
	/* The system call stores what it peeked; libc's function returns it. */
	if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
		answer = syscall(SYS_ptrace, request, pid, address, &peeked);
		return answer < 0 ? answer : (long)peeked;
	}
	return syscall(SYS_ptrace, request, pid, address, data);
}
