import { screen } from '@testing-library/react';
import { FakeNetworkingApi, exposure, refusal, view } from '../../dev/fake';
import { renderForEntity } from '../__testUtils__/renderForEntity';
import { useOpenUrlLink } from './useOpenUrlLink';

const SHOP = 'component:default/shop';

function Probe() {
  const { href, title, disabled } = useOpenUrlLink();
  return (
    <p>
      {disabled ? 'disabled' : href}: {title}
    </p>
  );
}

it('leads to the first URL that answers, not to a broken one before it', async () => {
  await renderForEntity(<Probe />);
  expect(
    await screen.findByText(/^https:\/\/shop\.192-0-2-20\.nip\.io:30443:/),
  ).toBeInTheDocument();
});

it.each([
  ['nothing is exposed', view(SHOP, []), 'This component has no public URL'],
  [
    'one may not see',
    refusal(403, 'NotAllowedError', 'no'),
    "You can't see the public URLs of this component",
  ],
  ['the backend fails', refusal(500, 'Error', 'no'), "Can't load the URL"],
  [
    'no listener serves the host',
    view(SHOP, [
      {
        ...exposure('shop'),
        hosts: exposure('shop').hosts.map(host => ({
          ...host,
          url: undefined,
          listener: undefined,
        })),
      },
    ]),
    'No listener of the gateway serves this component',
  ],
  [
    'a listener serves it under no host that is known',
    view(SHOP, [
      {
        ...exposure('shop'),
        hosts: exposure('shop').hosts.map(host => ({
          ...host,
          host: '*',
          url: undefined,
        })),
      },
    ]),
    'This component is served, but its URL is unknown',
  ],
])('gives the reason where %s', async (_, exposures, reason) => {
  const api = new FakeNetworkingApi();
  api.set(SHOP, exposures);
  await renderForEntity(<Probe />, { api });
  expect(await screen.findByText(`disabled: ${reason}`)).toBeInTheDocument();
});
