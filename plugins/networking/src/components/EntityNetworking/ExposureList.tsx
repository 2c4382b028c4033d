import type { Exposure } from 'backstage-plugin-networking-common';
import { exposureKey, sortByHost } from '../../lib/exposures';
import { ExposureCard } from '../ExposureCard';

/** What every exposure of a tab is shown with. */
export interface ShownWith {
  entityRef: string;
  /** More than one cluster is looked at, so each exposure says in which it is. */
  namesClusters: boolean;
  onEdit?: (exposure: Exposure) => void;
  onRemove?: (exposure: Exposure) => void;
  /** Told when hosts were asked, so that the exposures are read again. */
  onAsked: () => void;
}

/** A few exposures, each with all that is known of it. */
export function ExposureList(
  props: ShownWith & { exposures: readonly Exposure[] },
) {
  const { exposures, ...rest } = props;
  return (
    <>
      {sortByHost(exposures).map(exposure => (
        <ExposureCard
          key={exposureKey(exposure)}
          exposure={exposure}
          {...rest}
        />
      ))}
    </>
  );
}
