import { invalid, note, trouble, unavailable } from '../findings/declare';

/** A host, and who was asked for it: `system`, or the address of a resolver. */
export interface Asked {
  host: string;
  resolver: string;
}

/** Reasons of the findings about where the name of a host leads. */
export const DNS_REASONS = {
  DnsLeadsToGateway: note<{ host: string; addresses: string[] }>(),
  /** `embedded`: the name is below nip.io or sslip.io, which read the address out of it; with the DNS suffix, where it is known. */
  DnsLeadsElsewhere: trouble<{
    host: string;
    expected: string;
    addresses: string[];
    embedded?: { dnsSuffix?: string };
  }>(),
  /** There is no record. */
  DnsLeadsNowhere: trouble<Asked & { expected: string }>(),
  /** A protection against DNS rebinding leaves private addresses out. `domain` is what to allow. */
  DnsFiltersPrivateAddresses: trouble<
    Asked & { expected: string; domain: string }
  >(),
  DnsFailed: unavailable<Asked & { code?: string }>(),
  DnsNotChecked: note<{ host: string; isOff: boolean }>(),
  /** nip.io or sslip.io reads another address than the suffix's out of the host. */
  HostEmbedsAddress: invalid<{
    host: string;
    dnsSuffix: string;
    address: string;
    family: 4 | 6;
  }>(),
};
