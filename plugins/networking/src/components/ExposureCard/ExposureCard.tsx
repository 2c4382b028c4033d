import { useId, useRef } from 'react';
import {
  ButtonIcon,
  Card,
  CardBody,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiDeleteBinLine, RiEditLine, RiMore2Line } from '@remixicon/react';
import type { Exposure } from 'backstage-plugin-networking-common';
import { useKeptFocus } from '../../hooks/useKeptFocus';
import { useProbe } from '../../hooks/useProbe';
import { hostText } from '../../lib/exposures';
import { useT, type Translate } from '../../translation';
import { VerdictBadge } from '../VerdictBadge';
import { ExposureDetails } from './ExposureDetails';
import { InCluster } from './InCluster';
import { HostSection } from './HostSection';
import styles from './ExposureCard.module.css';

/** Why an exposure cannot be changed here, if it cannot. */
function elsewhere(
  t: Translate,
  { managed, managedBy }: Exposure,
): string | undefined {
  if (managedBy) return t('exposure.managedBy', { manager: managedBy });
  return managed ? undefined : t('exposure.managedElsewhere');
}

/** One exposure: its hosts, what can be done with it, and its details. */
export function ExposureCard(props: {
  exposure: Exposure;
  entityRef: string;
  namesClusters?: boolean;
  onEdit?: (exposure: Exposure) => void;
  onRemove?: (exposure: Exposure) => void;
  /** Told when hosts were asked, so that the exposure is read again. */
  onAsked: () => void;
}) {
  const t = useT();
  const { exposure, entityRef, namesClusters = false, onAsked } = props;
  const probing = useProbe(exposure, onAsked);
  const headingId = useId();
  const card = useRef<HTMLElement>(null);
  const keptFocus = useKeptFocus(card);
  const note = elsewhere(t, exposure);
  const onEdit = note ? undefined : props.onEdit;
  const onRemove = note ? undefined : props.onRemove;
  const subject = exposure.hosts[0]
    ? hostText(t, exposure.hosts[0])
    : exposure.name;

  const menu = (onEdit || onRemove) && (
    <MenuTrigger>
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiMore2Line />}
        aria-label={t('exposure.more', { host: subject })}
      />
      <Menu>
        {onEdit ? (
          <MenuItem
            iconStart={<RiEditLine />}
            onAction={() => onEdit(exposure)}
          >
            {t('common.edit')}
          </MenuItem>
        ) : null}
        {onRemove ? (
          <MenuItem
            iconStart={<RiDeleteBinLine />}
            color="danger"
            onAction={() => onRemove(exposure)}
          >
            {t('common.remove')}
          </MenuItem>
        ) : null}
      </Menu>
    </MenuTrigger>
  );

  return (
    <section
      aria-labelledby={`${headingId}-0`}
      className={styles.card}
      ref={card}
      tabIndex={-1}
      {...keptFocus}
    >
      <Card>
        <CardBody>
          <div className={styles.hosts}>
            {exposure.hosts.map((host, index) => (
              <HostSection
                key={host.host}
                host={host}
                exposure={exposure}
                probing={probing}
                namesCluster={namesClusters}
                headingId={`${headingId}-${index}`}
                onEdit={onEdit && (() => onEdit(exposure))}
                menu={index === 0 ? menu : undefined}
              />
            ))}
            {exposure.hosts.length === 0 && (
              <div className={styles.host}>
                <div className={styles.top}>
                  <h3 id={`${headingId}-0`} className={styles.url}>
                    {exposure.name}
                    {namesClusters && <InCluster name={exposure.cluster} />}
                  </h3>
                  <div className={styles.controls}>{menu}</div>
                </div>
                <div className={styles.verdict}>
                  <VerdictBadge word={exposure.verdict.word} />
                  <div className={styles.sentence}>
                    <p className={styles.line}>
                      {exposure.verdict.finding.message}
                    </p>
                    <p className={styles.remedy}>
                      {exposure.verdict.finding.remedy}
                    </p>
                  </div>
                </div>
              </div>
            )}
          </div>
          {note && <p className={styles.note}>{note}</p>}
          <ExposureDetails exposure={exposure} entityRef={entityRef} />
        </CardBody>
      </Card>
    </section>
  );
}
