import { readFileSync } from 'node:fs';

/** What /proc/PID/stat says of a process, as far as it is needed. */
export interface ProcessStat {
  /** One letter; `Z` is a zombie: ended, and only its parent has not asked yet. */
  state: string;
  parent: number;
  /** Clock ticks after boot: together with the id it tells a process from a later one that got the same id. */
  startTime: string;
}

/** Reads one line of /proc/PID/stat (proc_pid_stat(5)); the name in parentheses may hold spaces and parentheses. */
export function parseStat(line: string): ProcessStat | undefined {
  const end = line.lastIndexOf(')');
  if (end < 0) return undefined;
  const fields = line.slice(end + 2).split(' ');
  return fields.length > 19
    ? { state: fields[0], parent: Number(fields[1]), startTime: fields[19] }
    : undefined;
}

/** The process, or undefined where there is none. */
export function readStat(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a process runs; a zombie is gone. */
export function isAlive(pid: number, startTime?: string): boolean {
  const stat = readStat(pid);
  return (
    stat !== undefined &&
    stat.state !== 'Z' &&
    (startTime === undefined || stat.startTime === startTime)
  );
}
