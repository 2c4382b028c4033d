import type {
  CertificateAddress,
  CertificatesView,
  Exposure,
  RenewalResult,
} from 'backstage-plugin-networking-common';
import { refusal } from '../errors';
import { renewedRow } from './renewal';
import { certificatesView } from './views';

/** A host is asked at most once in this time. */
const GATE_MS = 60_000;

/** Certificates of the imaginary platform: one that is renewed reaches the next stage with each look. */
export class FakeCertificates {
  /** Looks since the renewal was asked for, by the uid of the Certificate. */
  readonly #looks = new Map<string, number>();
  readonly #probedAt = new Map<string, number>();

  view(exposures: readonly Exposure[]): CertificatesView {
    const view = certificatesView(exposures);
    const certificates = view.certificates.map(row => {
      const uid = row.facts.certificate?.uid ?? '';
      const looks = this.#looks.get(uid);
      if (looks === undefined) return row;
      this.#looks.set(uid, looks + 1);
      return renewedRow(row, looks);
    });
    return { ...view, certificates };
  }

  renew(address: CertificateAddress & { uid: string }): RenewalResult {
    const row = certificatesView().certificates.find(
      ({ facts }) => facts.certificate?.uid === address.uid,
    );
    if (!row?.renewable.possible) {
      throw refusal(
        409,
        'ConflictError',
        row && !row.renewable.possible
          ? row.renewable.why
          : `Certificate ${address.namespace}/${address.name} does not exist.`,
      );
    }
    this.#looks.set(address.uid, 0);
    return {
      ...address,
      revision: row.facts.certificate?.revision,
      serialNumber: row.facts.leaf?.serialNumber,
      requestedAt: new Date().toISOString(),
    };
  }

  /** Asks the hosts of an exposure unless that was done a moment ago. */
  probe(exposure: Exposure): { asked: string[]; againAt: string } {
    const now = Date.now();
    const before = this.#probedAt.get(exposure.name);
    if (before !== undefined && now - before < GATE_MS) {
      return { asked: [], againAt: new Date(before + GATE_MS).toISOString() };
    }
    this.#probedAt.set(exposure.name, now);
    for (const host of exposure.hosts) {
      if (host.probe) host.probe.at = new Date(now).toISOString();
    }
    return {
      asked: exposure.hosts.map(({ host }) => host),
      againAt: new Date(now + GATE_MS).toISOString(),
    };
  }
}
