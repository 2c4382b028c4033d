import { useEffect, useRef } from 'react';
import {
  Button,
  ButtonLink,
  Card,
  CardBody,
  Skeleton,
  Text,
} from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type { ApplyState } from '../../hooks/useApply';
import { useT, type Translate } from '../../translation';
import { CopyButton } from '../CopyButton';
import { HostName } from '../HostName';
import { TlsLine } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import { Way } from '../Way';
import styles from './ExposeForm.module.css';

type Running = Extract<ApplyState, { phase: 'applying' | 'waiting' | 'done' }>;

function headline(t: Translate, state: Running): string {
  if (state.phase === 'applying') return t('apply.writing');
  const { word } = state.exposure.verdict;
  if (state.phase === 'waiting') {
    return word === 'Broken' ? t('apply.stillBroken') : t('apply.waiting');
  }
  if (word === 'Live' || word === 'Degraded') return t('apply.live');
  return word === 'Broken' ? t('apply.broken') : t('apply.noAnswer');
}

/** The way lighting up stop by stop until the first answer. Stays open, whatever comes. */
export function ApplyProgress(props: {
  state: Running;
  url: string;
  onBack: () => void;
  onDone: () => void;
}) {
  const t = useT();
  const { state, url, onBack, onDone } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const exposure = state.phase === 'applying' ? undefined : state.exposure;
  const host = exposure?.hosts[0];
  const verdict = host?.verdict ?? exposure?.verdict;
  const done = state.phase === 'done';
  const answers = verdict?.word === 'Live' || verdict?.word === 'Degraded';

  return (
    <section aria-labelledby="networking-apply-heading">
      <Card>
        <CardBody>
          <div className={styles.progress}>
            <Text
              as="h2"
              ref={heading}
              id="networking-apply-heading"
              tabIndex={-1}
              variant="title-x-small"
              weight="bold"
              className={styles.heading}
            >
              <HostName text={url} />
            </Text>
            <p role="status" className={styles.headline}>
              {headline(t, state)}
            </p>
            {host && host.way.length > 0 ? (
              <Way
                stops={host.way}
                host={host.host}
                said={verdict?.finding.message}
              />
            ) : (
              !done && <Skeleton height={48} width="100%" />
            )}
            {verdict && (
              <div className={styles.outcome}>
                <VerdictBadge word={verdict.word} />
                <div>
                  <p>{verdict.finding.message}</p>
                  {verdict.word !== 'Live' && verdict.finding.remedy && (
                    <p className={styles.hint}>{verdict.finding.remedy}</p>
                  )}
                </div>
              </div>
            )}
            {done && host && <TlsLine tls={host.tls} />}
            <div className={styles.buttons}>
              {done && answers && (
                <>
                  <ButtonLink
                    variant="primary"
                    href={host?.url ?? url}
                    target="_blank"
                    rel="noopener noreferrer"
                    iconStart={<RiExternalLinkLine />}
                    aria-label={t('common.openOf', { url: host?.url ?? url })}
                  >
                    {t('common.open')}
                  </ButtonLink>
                  <CopyButton text={host?.url ?? url} what={host?.url ?? url} />
                </>
              )}
              {((done && !answers) || verdict?.word === 'Broken') && (
                <Button variant="secondary" onPress={onBack}>
                  {t('apply.edit')}
                </Button>
              )}
              <Button
                variant="secondary"
                isDisabled={state.phase === 'applying'}
                onPress={onDone}
              >
                {done ? t('common.done') : t('apply.background')}
              </Button>
            </div>
          </div>
        </CardBody>
      </Card>
    </section>
  );
}
