import { conflict, invalid } from '../findings/declare';

/** Reasons of the findings that forbid a host label. */
export const HOST_LABEL_REASONS = {
  /** Of the label alone, or of the whole `host`. */
  HostTooLong: invalid<{ host?: string; length: number; most: number }>(),
  /** `punycode`: what may be asked for in its place, of a label in another script. */
  HostLabelInvalid: invalid<{
    label: string;
    hasDot: boolean;
    punycode?: string;
  }>(),
  HostLabelUndecodable: invalid<{ label: string }>(),
  /** `decoded`: as browsers show it. */
  HostLooksLikeAnother: invalid<{
    label: string;
    decoded: string;
    looksLike: string;
  }>(),
  /** `scripts`: empty where it mixes digits. */
  HostMixesScripts: invalid<{
    label: string;
    decoded: string;
    scripts: string[];
  }>(),
  /** nip.io or sslip.io reads the address out of the host. `instead`: a label without one. */
  HostEmbedsAddress: invalid<{
    host: string;
    dnsSuffix: string;
    address: string;
    family: 4 | 6;
    instead: string;
  }>(),
  HostReserved: conflict<{ label: string; cluster: string }>(),
};
