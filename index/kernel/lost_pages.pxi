"""Pages of a mapped file that can no longer be read: it was cut short, or its disk fails.

Reading one raises SIGBUS, which ends the process. Here a page of zeros takes its place, and it is
counted: whoever reads must look at the count before he believes what he read.
"""

cdef extern from *:
    """
    #include <signal.h>
    #include <stdint.h>
    #include <sys/mman.h>
    #include <unistd.h>

    static volatile long lost_pages_count = 0;
    static uintptr_t lost_pages_size = 4096;

    static void lost_pages_handle(int number, siginfo_t *about, void *context) {
        void *page = (void *)((uintptr_t)about->si_addr & ~(lost_pages_size - 1));
        int how = MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS;
        (void)context;
        if (about->si_code == BUS_ADRERR
                && mmap(page, lost_pages_size, PROT_READ, how, -1, 0) != MAP_FAILED)
            __atomic_add_fetch(&lost_pages_count, 1, __ATOMIC_SEQ_CST);
        else
            signal(number, SIG_DFL);  /* it comes again at once, and ends the process */
    }

    static int lost_pages_install(void) {
        struct sigaction former, ours;
        lost_pages_size = (uintptr_t)sysconf(_SC_PAGESIZE);
        if (sigaction(SIGBUS, NULL, &former) || former.sa_handler != SIG_DFL)
            return 0;
        ours.sa_sigaction = lost_pages_handle;
        ours.sa_flags = SA_SIGINFO;
        sigemptyset(&ours.sa_mask);
        return sigaction(SIGBUS, &ours, NULL) == 0;
    }
    """
    long lost_pages_count
    int lost_pages_install()


def _survive_lost_pages():
    """Whether such pages are counted from now on; not where something else handles SIGBUS."""
    return bool(lost_pages_install())


def _lost_pages():
    """How many there were in this process."""
    return lost_pages_count
