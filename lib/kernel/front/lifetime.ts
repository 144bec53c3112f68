/**
 * The kernel lives as long as its client: when the process that started it
 * is gone, it goes too, with all it started.
 */
const POLL_MS = 1000;

/** The client's process id: Jupyter's `JPY_PARENT_PID`, else the parent's. */
function parentPid(): number {
  const named = Number(process.env['JPY_PARENT_PID']);
  return Number.isInteger(named) && named > 1 ? named : process.ppid;
}

/** Whether a process is there (it may be another user's). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Calls `onGone` once, when the client's process has ended. Returns what stops the watch. */
export function watchParent(onGone: () => void): () => void {
  const pid = parentPid();
  const startedBy = process.ppid;
  const timer = setInterval(() => {
    // A parent that ended leaves its children to another process.
    if (isAlive(pid) && process.ppid === startedBy) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
