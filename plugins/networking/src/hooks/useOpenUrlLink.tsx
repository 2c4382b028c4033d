import { RiExternalLinkLine } from '@remixicon/react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useT } from '../translation';
import { useEntityExposures } from './useEntityExposures';

/** Props of the About card's link: the first URL that answers, else the first there is, else the reason why not. */
export function useOpenUrlLink(): {
  label: string;
  icon: JSX.Element;
  title: string;
  href?: string;
  disabled?: boolean;
} {
  const t = useT();
  const { entity } = useEntity();
  const view = useEntityExposures(stringifyEntityRef(entity));
  const icon = <RiExternalLinkLine aria-hidden="true" />;
  const label = t('link.label');
  const refused = (title: string) => ({
    label,
    icon,
    title,
    disabled: true,
  });

  if (view.status === 'loading') return refused(t('link.loading'));
  if (view.status === 'failed') {
    return refused(
      view.kind === 'forbidden' || view.kind === 'notFound'
        ? t('link.forbidden')
        : t('link.failed'),
    );
  }
  const { url, totalItems, exposures } = view.data;
  if (url) return { label, icon, href: url, title: url };
  if (totalItems === 0) return refused(t('link.none'));
  const hosts = exposures.flatMap(exposure => exposure.hosts);
  if (hosts.length === 0) return refused(t('link.unknown'));
  return refused(
    hosts.some(({ listener }) => listener)
      ? t('link.servedUnknown')
      : t('link.notServed'),
  );
}
