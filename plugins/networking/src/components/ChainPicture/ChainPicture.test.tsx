import { act, screen } from '@testing-library/react';
import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { renderWithTexts } from '../../__testUtils__/renderWithTexts';
import { ChainPicture } from './ChainPicture';

const START = Date.UTC(2026, 10, 25, 12);
const DAY = 24 * 3_600_000;

const issuedAt = (time: number): CertificateSummary => ({
  subject: 'CN=shop',
  issuer: 'CN=ca',
  dnsNames: ['shop.example.org'],
  serialNumber: String(time),
  notBefore: new Date(time).toISOString(),
  notAfter: new Date(time + 90 * DAY).toISOString(),
  fingerprintSha256: `AA:${time}`,
  isCa: false,
});

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

it('does not take what was issued since the clock moved on last for a certificate of the future', () => {
  const picture = (leaf: CertificateSummary) => (
    <ChainPicture label="Chain" chain={[leaf]} />
  );
  const { rerender } = renderWithTexts(picture(issuedAt(START - 40 * DAY)));
  act(() => jest.advanceTimersByTime(25_000));
  rerender(picture(issuedAt(START + 24_000)));
  expect(screen.getByRole('listitem')).toHaveTextContent(/until Feb/);
  expect(screen.getByRole('listitem')).not.toHaveTextContent(
    /not valid before/,
  );
});

it('says of one that is of the future that it is not valid yet', () => {
  renderWithTexts(
    <ChainPicture label="Chain" chain={[issuedAt(START + DAY)]} />,
  );
  expect(screen.getByRole('listitem')).toHaveTextContent(
    /not valid before Nov 26, 2026/,
  );
});
