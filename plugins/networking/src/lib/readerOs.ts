/** Systems that have steps of their own. */
export type ReaderOs = 'linux' | 'macos' | 'windows' | 'ios' | 'android';

/** What tells which system a browser runs on. */
interface NavigatorLike {
  userAgent: string;
  /** iPadOS calls itself a Mac, but no Mac has a screen to touch. */
  maxTouchPoints?: number;
}

/** The system that the reader's browser runs on, as far as the browser tells. */
export function readerOs({
  userAgent,
  maxTouchPoints = 0,
}: NavigatorLike): ReaderOs {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Macintosh|Mac OS X/.test(userAgent)) {
    return maxTouchPoints > 1 ? 'ios' : 'macos';
  }
  return /Windows/.test(userAgent) ? 'windows' : 'linux';
}
