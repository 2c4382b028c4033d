import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** SHA-256 of a text (UTF-8) as 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * The first `length` hex digits (1 to 64, default 8) of the SHA-256 of a text: a suffix for derived names. It tells
 * names apart; it is no proof of anything, so whoever relies on a name still compares what the object says of itself.
 * @public
 */
export function shortHash(text: string, length = 8): string {
  return sha256Hex(text).slice(0, length);
}
