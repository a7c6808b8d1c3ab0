/**
 * What the kernel calls the parameters of its syscalls (SYSCALL_DEFINE in the kernel's sources, as tracefs shows them),
 * one call a line; `;` ends one where several share a line. Calls without parameters are not listed.
 */
const signatures = `
read unsigned int fd, char *buf, size_t count; write unsigned int fd, const char *buf, size_t count
open const char *filename, int flags, umode_t mode; close unsigned int fd; poll struct pollfd *ufds, unsigned int nfds, int timeout_msecs
stat const char *filename, struct __old_kernel_stat *statbuf; fstat unsigned int fd, struct __old_kernel_stat *statbuf
lstat const char *filename, struct __old_kernel_stat *statbuf; lseek unsigned int fd, off_t offset, unsigned int whence
mmap unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long off
mprotect unsigned long start, size_t len, unsigned long prot; munmap unsigned long addr, size_t len; brk unsigned long brk
rt_sigaction int sig, const struct sigaction *act, struct sigaction *oact, size_t sigsetsize
rt_sigprocmask int how, sigset_t *nset, sigset_t *oset, size_t sigsetsize; ioctl unsigned int fd, unsigned int cmd, unsigned long arg
pread64 unsigned int fd, char *buf, size_t count, loff_t pos; pwrite64 unsigned int fd, const char *buf, size_t count, loff_t pos
readv unsigned long fd, const struct iovec *vec, unsigned long vlen; writev unsigned long fd, const struct iovec *vec, unsigned long vlen
access const char *filename, int mode; pipe int *fildes; mincore unsigned long start, size_t len, unsigned char *vec
select int n, fd_set *inp, fd_set *outp, fd_set *exp, struct timeval *tvp; msync unsigned long start, size_t len, int flags
mremap unsigned long addr, unsigned long old_len, unsigned long new_len, unsigned long flags, unsigned long new_addr
madvise unsigned long start, size_t len_in, int behavior; shmget key_t key, size_t size, int shmflg
shmat int shmid, char *shmaddr, int shmflg; shmctl int shmid, int cmd, struct shmid_ds *buf; shmdt char *shmaddr
dup unsigned int fildes; dup2 unsigned int oldfd, unsigned int newfd; dup3 unsigned int oldfd, unsigned int newfd, int flags
nanosleep struct timespec *rqtp, struct timespec *rmtp; getitimer int which, struct itimerval *value; alarm unsigned int seconds
setitimer int which, struct itimerval *value, struct itimerval *ovalue; sendfile int out_fd, int in_fd, loff_t *offset, size_t count
socket int family, int type, int protocol; connect int fd, struct sockaddr *uservaddr, int addrlen
accept int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen
accept4 int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen, int flags
sendto int fd, void *buff, size_t len, unsigned int flags, struct sockaddr *addr, int addr_len
recvfrom int fd, void *ubuf, size_t size, unsigned int flags, struct sockaddr *addr, int *addr_len
sendmsg int fd, struct user_msghdr *msg, unsigned int flags; recvmsg int fd, struct user_msghdr *msg, unsigned int flags
sendmmsg int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags
recvmmsg int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct timespec *timeout
shutdown int fd, int how; bind int fd, struct sockaddr *umyaddr, int addrlen; listen int fd, int backlog
getsockname int fd, struct sockaddr *usockaddr, int *usockaddr_len; getpeername int fd, struct sockaddr *usockaddr, int *usockaddr_len
socketpair int family, int type, int protocol, int *usockvec
setsockopt int fd, int level, int optname, char *optval, int optlen; getsockopt int fd, int level, int optname, char *optval, int *optlen
clone unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, int *child_tidptr, unsigned long tls
clone3 struct clone_args *uargs, size_t size; execve const char *filename, const char *const *argv, const char *const *envp
execveat int fd, const char *filename, const char *const *argv, const char *const *envp, int flags
exit int error_code; exit_group int error_code; wait4 pid_t upid, int *stat_addr, int options, struct rusage *ru
waitid int which, pid_t upid, struct siginfo *infop, int options, struct rusage *ru
kill pid_t pid, int sig; tkill pid_t pid, int sig; tgkill pid_t tgid, pid_t pid, int sig
semget key_t key, int nsems, int semflg; semop int semid, struct sembuf *tsops, unsigned nsops
semctl int semid, int semnum, int cmd, unsigned long arg
semtimedop int semid, struct sembuf *tsops, unsigned int nsops, const struct timespec *timeout
msgget key_t key, int msgflg; msgsnd int msqid, struct msgbuf *msgp, size_t msgsz, int msgflg
msgrcv int msqid, struct msgbuf *msgp, size_t msgsz, long msgtyp, int msgflg; msgctl int msqid, int cmd, struct msqid_ds *buf
fcntl unsigned int fd, unsigned int cmd, unsigned long arg; flock unsigned int fd, unsigned int cmd
fsync unsigned int fd; fdatasync unsigned int fd; truncate const char *path, long length; ftruncate unsigned int fd, unsigned long length
getdents unsigned int fd, struct linux_dirent *dirent, unsigned int count
getdents64 unsigned int fd, struct linux_dirent64 *dirent, unsigned int count; getcwd char *buf, unsigned long size
chdir const char *filename; fchdir unsigned int fd; rename const char *oldname, const char *newname
mkdir const char *pathname, umode_t mode; rmdir const char *pathname; creat const char *pathname, umode_t mode
link const char *oldname, const char *newname; unlink const char *pathname; symlink const char *oldname, const char *newname
readlink const char *path, char *buf, int bufsiz; chmod const char *filename, umode_t mode; fchmod unsigned int fd, umode_t mode
chown const char *filename, uid_t user, gid_t group; fchown unsigned int fd, uid_t user, gid_t group
lchown const char *filename, uid_t user, gid_t group; umask int mask; gettimeofday struct timeval *tv, struct timezone *tz
getrlimit unsigned int resource, struct rlimit *rlim; setrlimit unsigned int resource, struct rlimit *rlim
getrusage int who, struct rusage *ru; sysinfo struct sysinfo *info; times struct tms *tbuf; syslog int type, char *buf, int len
ptrace long request, long pid, unsigned long addr, unsigned long data
setuid uid_t uid; setgid gid_t gid; setpgid pid_t pid, pid_t pgid; getpgid pid_t pid; getsid pid_t pid
setreuid uid_t ruid, uid_t euid; setregid gid_t rgid, gid_t egid; setfsuid uid_t uid; setfsgid gid_t gid
getgroups int gidsetsize, gid_t *grouplist; setgroups int gidsetsize, gid_t *grouplist
setresuid uid_t ruid, uid_t euid, uid_t suid; getresuid uid_t *ruidp, uid_t *euidp, uid_t *suidp
setresgid gid_t rgid, gid_t egid, gid_t sgid; getresgid gid_t *rgidp, gid_t *egidp, gid_t *sgidp
capget cap_user_header_t header, cap_user_data_t dataptr; capset cap_user_header_t header, const cap_user_data_t data
rt_sigpending sigset_t *uset, size_t sigsetsize; rt_sigsuspend sigset_t *unewset, size_t sigsetsize
rt_sigtimedwait const sigset_t *uthese, siginfo_t *uinfo, const struct timespec *uts, size_t sigsetsize
rt_sigqueueinfo pid_t pid, int sig, siginfo_t *uinfo; rt_tgsigqueueinfo pid_t tgid, pid_t pid, int sig, siginfo_t *uinfo
sigaltstack const stack_t *uss, stack_t *uoss; utime char *filename, struct utimbuf *times; mknod const char *filename, umode_t mode, unsigned dev
personality unsigned int personality; ustat unsigned dev, struct ustat *ubuf; statfs const char *pathname, struct statfs *buf
fstatfs unsigned int fd, struct statfs *buf; sysfs int option, unsigned long arg1, unsigned long arg2
getpriority int which, int who; setpriority int which, int who, int niceval; sched_setparam pid_t pid, struct sched_param *param
sched_getparam pid_t pid, struct sched_param *param; sched_setscheduler pid_t pid, int policy, struct sched_param *param
sched_getscheduler pid_t pid; sched_get_priority_max int policy; sched_get_priority_min int policy
sched_rr_get_interval pid_t pid, struct timespec *interval; mlock unsigned long start, size_t len; munlock unsigned long start, size_t len
mlockall int flags; mlock2 unsigned long start, size_t len, int flags; pivot_root const char *new_root, const char *put_old
modify_ldt int func, void *ptr, unsigned long bytecount; prctl int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5
arch_prctl int option, unsigned long arg2; adjtimex struct timex *txc_p; chroot const char *filename; acct const char *name
settimeofday struct timeval *tv, struct timezone *tz; umount2 char *name, int flags; swapon const char *specialfile, int swap_flags
mount char *dev_name, char *dir_name, char *type, unsigned long flags, void *data; swapoff const char *specialfile
reboot int magic1, int magic2, unsigned int cmd, void *arg; sethostname char *name, int len; setdomainname char *name, int len
iopl unsigned int level; ioperm unsigned long from, unsigned long num, int turn_on
init_module void *umod, unsigned long len, const char *uargs; finit_module int fd, const char *uargs, int flags
delete_module const char *name_user, unsigned int flags; quotactl unsigned int cmd, const char *special, qid_t id, void *addr
readahead int fd, loff_t offset, size_t count; setxattr const char *pathname, const char *name, const void *value, size_t size, int flags
lsetxattr const char *pathname, const char *name, const void *value, size_t size, int flags
fsetxattr int fd, const char *name, const void *value, size_t size, int flags
getxattr const char *pathname, const char *name, void *value, size_t size
lgetxattr const char *pathname, const char *name, void *value, size_t size; fgetxattr int fd, const char *name, void *value, size_t size
listxattr const char *pathname, char *list, size_t size; llistxattr const char *pathname, char *list, size_t size
flistxattr int fd, char *list, size_t size; removexattr const char *pathname, const char *name
lremovexattr const char *pathname, const char *name; fremovexattr int fd, const char *name; time time_t *tloc
futex u32 *uaddr, int op, u32 val, struct timespec *utime, u32 *uaddr2, u32 val3
sched_setaffinity pid_t pid, unsigned int len, unsigned long *user_mask_ptr
sched_getaffinity pid_t pid, unsigned int len, unsigned long *user_mask_ptr; set_thread_area struct user_desc *u_info
get_thread_area struct user_desc *u_info; io_setup unsigned nr_events, aio_context_t *ctxp; io_destroy aio_context_t ctx
io_getevents aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct timespec *timeout
io_submit aio_context_t ctx_id, long nr, struct iocb * *iocbpp; io_cancel aio_context_t ctx_id, struct iocb *iocb, struct io_event *result
lookup_dcookie u64 cookie64, char *buf, size_t len; epoll_create int size; epoll_create1 int flags; set_tid_address int *tidptr
remap_file_pages unsigned long start, unsigned long size, unsigned long prot, unsigned long pgoff, unsigned long flags
fadvise64 int fd, loff_t offset, size_t len, int advice
timer_create const clockid_t which_clock, struct sigevent *timer_event_spec, timer_t *created_timer_id
timer_settime timer_t timer_id, int flags, const struct itimerspec *new_setting, struct itimerspec *old_setting
timer_gettime timer_t timer_id, struct itimerspec *setting; timer_getoverrun timer_t timer_id; timer_delete timer_t timer_id
clock_settime const clockid_t which_clock, const struct timespec *tp; clock_gettime const clockid_t which_clock, struct timespec *tp
clock_getres const clockid_t which_clock, struct timespec *tp; clock_adjtime const clockid_t which_clock, struct timex *utx
clock_nanosleep const clockid_t which_clock, int flags, const struct timespec *rqtp, struct timespec *rmtp
epoll_wait int epfd, struct epoll_event *events, int maxevents, int timeout; epoll_ctl int epfd, int op, int fd, struct epoll_event *event
epoll_pwait int epfd, struct epoll_event *events, int maxevents, int timeout, const sigset_t *sigmask, size_t sigsetsize
epoll_pwait2 int epfd, struct epoll_event *events, int maxevents, const struct timespec *timeout, const sigset_t *sigmask, size_t sigsetsize
utimes char *filename, struct timeval *utimes; futimesat int dfd, const char *filename, struct timeval *utimes
utimensat int dfd, const char *filename, struct timespec *utimes, int flags
mbind unsigned long start, unsigned long len, unsigned long mode, const unsigned long *nmask, unsigned long maxnode, unsigned int flags
set_mempolicy int mode, const unsigned long *nmask, unsigned long maxnode
get_mempolicy int *policy, unsigned long *nmask, unsigned long maxnode, unsigned long addr, unsigned long flags
mq_open const char *u_name, int oflag, umode_t mode, struct mq_attr *u_attr; mq_unlink const char *u_name
mq_timedsend mqd_t mqdes, const char *u_msg_ptr, size_t msg_len, unsigned int msg_prio, const struct timespec *u_abs_timeout
mq_timedreceive mqd_t mqdes, char *u_msg_ptr, size_t msg_len, unsigned int *u_msg_prio, const struct timespec *u_abs_timeout
mq_notify mqd_t mqdes, const struct sigevent *u_notification
mq_getsetattr mqd_t mqdes, const struct mq_attr *u_mqstat, struct mq_attr *u_omqstat
kexec_load unsigned long entry, unsigned long nr_segments, struct kexec_segment *segments, unsigned long flags
kexec_file_load int kernel_fd, int initrd_fd, unsigned long cmdline_len, const char *cmdline_ptr, unsigned long flags
add_key const char *_type, const char *_description, const void *_payload, size_t plen, key_serial_t ringid
request_key const char *_type, const char *_description, const char *_callout_info, key_serial_t destringid
keyctl int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5
ioprio_set int which, int who, int ioprio; ioprio_get int which, int who; inotify_init1 int flags; inotify_rm_watch int fd, __s32 wd
inotify_add_watch int fd, const char *pathname, u32 mask
migrate_pages pid_t pid, unsigned long maxnode, const unsigned long *old_nodes, const unsigned long *new_nodes
openat int dfd, const char *filename, int flags, umode_t mode; openat2 int dfd, const char *filename, struct open_how *how, size_t usize
mkdirat int dfd, const char *pathname, umode_t mode; mknodat int dfd, const char *filename, umode_t mode, unsigned int dev
fchownat int dfd, const char *filename, uid_t user, gid_t group, int flag; unlinkat int dfd, const char *pathname, int flag
newfstatat int dfd, const char *filename, struct stat *statbuf, int flag; renameat int olddfd, const char *oldname, int newdfd, const char *newname
renameat2 int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags
linkat int olddfd, const char *oldname, int newdfd, const char *newname, int flags
symlinkat const char *oldname, int newdfd, const char *newname; readlinkat int dfd, const char *pathname, char *buf, int bufsiz
fchmodat int dfd, const char *filename, umode_t mode; faccessat int dfd, const char *filename, int mode
faccessat2 int dfd, const char *filename, int mode, int flags
pselect6 int n, fd_set *inp, fd_set *outp, fd_set *exp, struct timespec *tsp, void *sig
ppoll struct pollfd *ufds, unsigned int nfds, struct timespec *tsp, const sigset_t *sigmask, size_t sigsetsize
unshare unsigned long unshare_flags; setns int fd, int flags; set_robust_list struct robust_list_head *head, size_t len
get_robust_list int pid, struct robust_list_head * *head_ptr, size_t *len_ptr
splice int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags
tee int fdin, int fdout, size_t len, unsigned int flags; sync_file_range int fd, loff_t offset, loff_t nbytes, unsigned int flags
vmsplice int fd, const struct iovec *uiov, unsigned long nr_segs, unsigned int flags
move_pages pid_t pid, unsigned long nr_pages, const void * *pages, const int *nodes, int *status, int flags
signalfd int ufd, sigset_t *user_mask, size_t sizemask; signalfd4 int ufd, sigset_t *user_mask, size_t sizemask, int flags
timerfd_create int clockid, int flags; timerfd_settime int ufd, int flags, const struct itimerspec *utmr, struct itimerspec *otmr
timerfd_gettime int ufd, struct itimerspec *otmr; eventfd unsigned int count; eventfd2 unsigned int count, int flags
fallocate int fd, int mode, loff_t offset, loff_t len; pipe2 int *fildes, int flags
preadv unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h
pwritev unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h
preadv2 unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags
pwritev2 unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags
perf_event_open struct perf_event_attr *attr_uptr, pid_t pid, int cpu, int group_fd, unsigned long flags
fanotify_init unsigned int flags, unsigned int event_f_flags
fanotify_mark int fanotify_fd, unsigned int flags, __u64 mask, int dfd, const char *pathname
prlimit64 pid_t pid, unsigned int resource, const struct rlimit64 *new_rlim, struct rlimit64 *old_rlim
name_to_handle_at int dfd, const char *name, struct file_handle *handle, int *mnt_id, int flag
open_by_handle_at int mountdirfd, struct file_handle *handle, int flags; syncfs int fd
getcpu unsigned *cpup, unsigned *nodep, struct getcpu_cache *unused; kcmp pid_t pid1, pid_t pid2, int type, unsigned long idx1, unsigned long idx2
process_vm_readv pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags
process_vm_writev pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags
sched_setattr pid_t pid, struct sched_attr *uattr, unsigned int flags
sched_getattr pid_t pid, struct sched_attr *uattr, unsigned int usize, unsigned int flags
seccomp unsigned int op, unsigned int flags, void *uargs; getrandom char *buf, size_t count, unsigned int flags
memfd_create const char *uname, unsigned int flags; bpf int cmd, union bpf_attr *uattr, unsigned int size
userfaultfd int flags; membarrier int cmd, int flags; statx int dfd, const char *filename, unsigned flags, unsigned int mask, struct statx *buffer
copy_file_range int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags
pkey_mprotect unsigned long start, size_t len, unsigned long prot, int pkey; pkey_alloc unsigned long flags, unsigned long init_val
pkey_free int pkey; rseq struct rseq *rseq, u32 rseq_len, int flags, u32 sig
io_pgetevents aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct timespec *timeout, const struct __aio_sigset *usig
pidfd_send_signal int pidfd, int sig, siginfo_t *info, unsigned int flags; pidfd_open pid_t pid, unsigned int flags
pidfd_getfd int pidfd, int fd, unsigned int flags; io_uring_setup u32 entries, struct io_uring_params *params
io_uring_enter unsigned int fd, u32 to_submit, u32 min_complete, u32 flags, const sigset_t *sig, size_t sigsz
io_uring_register unsigned int fd, unsigned int opcode, void *arg, unsigned int nr_args
open_tree int dfd, const char *filename, unsigned flags; fsopen const char *_fs_name, unsigned int flags
move_mount int from_dfd, const char *from_pathname, int to_dfd, const char *to_pathname, unsigned int flags
fsconfig int fd, unsigned int cmd, const char *_key, const void *_value, int aux
fsmount int fs_fd, unsigned int flags, unsigned int attr_flags; fspick int dfd, const char *path, unsigned int flags
close_range unsigned int fd, unsigned int max_fd, unsigned int flags
process_madvise int pidfd, const struct iovec *vec, size_t vlen, int behavior, unsigned int flags
mount_setattr int dfd, const char *path, unsigned int flags, struct mount_attr *uattr, size_t usize
landlock_create_ruleset const struct landlock_ruleset_attr *attr, const size_t size, const __u32 flags
landlock_add_rule const int ruleset_fd, const enum landlock_rule_type rule_type, const void *rule_attr, const __u32 flags
landlock_restrict_self const int ruleset_fd, const __u32 flags; memfd_secret unsigned int flags; process_mrelease int pidfd, unsigned int flags
`;

/** A parameter of a syscall; a pointer's type ends in `*`. */
export interface Parameter {
  readonly type: string;
  readonly name: string;
}

const byName = new Map<string, readonly Parameter[]>();

/** The parameters of a syscall in their order; undefined when it has none, or is not known here. */
export function syscallParameters(name: string): readonly Parameter[] | undefined {
  if (byName.size === 0) readSignatures();
  return byName.get(name);
}

function readSignatures(): void {
  for (const signature of signatures.split(/[;\n]/)) {
    const [, call = '', list = ''] = /^\s*(\w+) (.+)$/.exec(signature) ?? [];
    const parameters = list.split(', ').map((text) => {
      const [, type = '', name = ''] = /^(.*?) ?(\w+)$/.exec(text) ?? [];
      return { type, name };
    });
    if (call !== '') byName.set(call, parameters);
  }
}
