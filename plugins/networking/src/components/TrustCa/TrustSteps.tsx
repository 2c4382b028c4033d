import { useMemo, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { profileOf, type CaFiles } from '../../lib/caFiles';
import { FILE_TYPES, download } from '../../lib/download';
import { readerOs } from '../../lib/readerOs';
import {
  trustPlatforms,
  type TrustGuide,
  type TrustPlatform,
  type TrustStep,
} from '../../lib/trustSteps';
import { useT } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { Hidden } from '../Hidden';
import styles from './TrustCa.module.css';

function Steps(props: { steps: readonly TrustStep[]; label: string }) {
  const { steps, label } = props;
  const Container = steps.length > 1 ? 'ol' : 'div';
  const Item = steps.length > 1 ? 'li' : 'div';
  return (
    <Container className={styles.steps}>
      {steps.map(({ text, command }) => (
        <Item key={text ?? command}>
          {text && <p className={styles.line}>{text}</p>}
          {command && <CodeBlock text={command} label={label} wraps />}
        </Item>
      ))}
    </Container>
  );
}

function Guide(props: { guide: TrustGuide; platform: TrustPlatform }) {
  const t = useT();
  const { guide, platform } = props;
  const name = guide.title ?? platform.title;
  return (
    <section className={styles.guide} aria-label={name}>
      {guide.title && <h4 className={styles.name}>{guide.title}</h4>}
      <Steps steps={guide.steps} label={t('ca.commandsFor', { name })} />
      {guide.note && <p className={styles.note}>{guide.note}</p>}
      <details className={styles.undo}>
        <summary>
          {t('ca.undo')}
          <Hidden>: {name}</Hidden>
        </summary>
        <Steps steps={guide.undo} label={t('ca.undoCommandsFor', { name })} />
      </details>
    </section>
  );
}

/** The file that one tab begins with, where it is none of those above. */
function OwnFile(props: {
  platform: TrustPlatform;
  cluster: string;
  files: CaFiles;
}) {
  const t = useT();
  const { platform, cluster, files } = props;
  const isBundle = platform.file === 'all' && files.each.length > 1;
  if (platform.file !== 'profile' && !isBundle) return null;
  const name = isBundle ? files.all : files.profile;
  return (
    <div>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine />}
        onPress={() =>
          isBundle
            ? download(files.pem, name, FILE_TYPES.pem)
            : download(
                profileOf(t('ca.profileName', { cluster }), files),
                name,
                FILE_TYPES.profile,
              )
        }
      >
        {t('ca.download', { file: name })}
      </Button>
    </div>
  );
}

/** Steps for each system, the reader's own first. */
export function TrustSteps(props: {
  cluster: string;
  url?: string;
  files: CaFiles;
}) {
  const t = useT();
  const { cluster, url, files } = props;
  const own = useMemo(() => readerOs(navigator), []);
  const platforms = useMemo(
    () =>
      trustPlatforms(files, url).sort(
        (a, b) => Number(b.id === own) - Number(a.id === own),
      ),
    [files, url, own],
  );
  const [chosen, setChosen] = useState<string>(own);
  return (
    <Tabs
      selectedKey={chosen}
      onSelectionChange={key => setChosen(String(key))}
    >
      <div className={styles.tabs}>
        <TabList aria-label={t('ca.where')}>
          {platforms.map(({ id, title }) => (
            <Tab key={id} id={id}>
              {title}
            </Tab>
          ))}
        </TabList>
      </div>
      {platforms.map(platform => (
        <TabPanel key={platform.id} id={platform.id}>
          <div className={styles.platform}>
            <OwnFile platform={platform} cluster={cluster} files={files} />
            {platform.id === 'programs' && !url && (
              <p className={styles.line}>{t('ca.urlPlaceholder')}</p>
            )}
            {platform.guides.map(guide => (
              <Guide
                key={guide.title ?? platform.id}
                guide={guide}
                platform={platform}
              />
            ))}
          </div>
        </TabPanel>
      ))}
    </Tabs>
  );
}
