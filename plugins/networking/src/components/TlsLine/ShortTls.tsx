import type { ExposureRow } from 'backstage-plugin-networking-common';
import { useNow } from '../../hooks/useNow';
import { daysUntil } from '../../lib/time';
import { TlsLine } from './TlsLine';

/** TLS of a row: the word, and how long it lasts. */
export function ShortTls(props: { tls: ExposureRow['tls'] }) {
  const { word, validUntil } = props.tls;
  const now = useNow(60_000);
  return (
    <TlsLine
      short
      tls={{
        word,
        validUntil,
        daysLeft: validUntil ? daysUntil(validUntil, now) : undefined,
      }}
    />
  );
}
