import { RiExternalLinkLine } from '@remixicon/react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityExposures } from './useEntityExposures';

const LABEL = 'Open URL';

/** Props of the About card's link: the first URL that answers, else the first there is, else the reason why not. */
export function useOpenUrlLink(): {
  label: string;
  icon: JSX.Element;
  title: string;
  href?: string;
  disabled?: boolean;
} {
  const { entity } = useEntity();
  const view = useEntityExposures(stringifyEntityRef(entity));
  const icon = <RiExternalLinkLine aria-hidden="true" />;
  const refused = (title: string) => ({
    label: LABEL,
    icon,
    title,
    disabled: true,
  });

  if (view.status === 'loading') return refused('Looking for the URL');
  if (view.status === 'failed') {
    return refused(
      view.kind === 'forbidden' || view.kind === 'notFound'
        ? 'You may not see the exposures of this component'
        : 'The URL cannot be read now',
    );
  }
  const { url, totalItems, exposures } = view.data;
  if (url) return { label: LABEL, icon, href: url, title: url };
  if (totalItems === 0) return refused('This component is not exposed');
  const hosts = exposures.flatMap(exposure => exposure.hosts);
  if (hosts.length === 0) return refused('No URL of this component is known');
  return refused(
    hosts.some(({ listener }) => listener)
      ? 'This component is served, but no URL of it is known'
      : 'No listener of the gateway serves this component',
  );
}
