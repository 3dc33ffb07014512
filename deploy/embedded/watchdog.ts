import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A small shell that outlives this process: its standard input is a pipe from us, and when that closes, however we ended
 * (SIGKILL too), it ends the processes it was told of. Lines in: `+ <signal> <pid>` to guard, `- <pid>` to forget.
 */
const script = `
guarded=""
while read -r op a b; do
  case "$op" in
    +) guarded="$guarded $a:$b" ;;
    -) rest=""; for g in $guarded; do [ "\${g#*:}" = "$a" ] || rest="$rest $g"; done; guarded="$rest" ;;
  esac
done
for g in $guarded; do kill -s "\${g%%:*}" "\${g#*:}" 2>/dev/null; done
i=0
while [ $i -lt 80 ]; do
  left=""
  for g in $guarded; do kill -0 "\${g#*:}" 2>/dev/null && left="$left $g"; done
  guarded="$left"
  [ -z "$guarded" ] && exit 0
  sleep 0.1
  i=$((i+1))
done
for g in $guarded; do kill -s KILL "\${g#*:}" 2>/dev/null; done
`;

let shell: ChildProcess | null = null;
const guarded = new Set<number>();

/** Has the process end (by `signal`, after 8 s by SIGKILL) if we end without having released it. */
export function guard(pid: number, signal: 'TERM' | 'INT'): void {
  guarded.add(pid);
  tell(`+ ${signal} ${pid}`);
}

/** The process is gone: its id may soon be another's. With nothing left to guard the shell ends too. */
export function release(pid: number): void {
  if (!guarded.delete(pid)) return;
  tell(`- ${pid}`);
  if (guarded.size > 0) return;
  shell?.stdin?.end();
  shell = null;
}

function tell(line: string): void {
  shell ??= startShell();
  shell.stdin?.write(`${line}\n`);
}

function startShell(): ChildProcess {
  // Its own process group, so that Ctrl-C in the terminal does not end the watchdog before its time.
  const child = spawn('/bin/sh', ['-c', script, 'mash-watchdog'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return child;
}
