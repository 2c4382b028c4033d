import { useState } from 'react';
import {
  Badge,
  Card,
  CardBody,
  Container,
  SearchField,
  Text,
} from '@backstage/ui';
import {
  settingsReadPermission,
  type SettingEntry,
  type SettingSource,
  type SettingsView,
} from 'backstage-plugin-networking-common';
import { useSettings } from '../../hooks/useSettings';
import { listed } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { PermissionGate } from '../PermissionGate';
import { Polled } from '../Polled';
import { StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './SettingsPage.module.css';

const SOURCES: ReadonlySet<SettingSource> = new Set<SettingSource>([
  'override',
  'config.toml',
  'app-config',
  'computed',
  'default',
]);

const sourceText = (
  t: Translate,
  { provenance: { source } }: SettingEntry,
): string => (SOURCES.has(source) ? t(`settings.${source}`) : source);

function valueText(t: Translate, value: SettingEntry['value']): string {
  if (Array.isArray(value)) return listed(...value) || t('settings.none');
  if (value === undefined) return t('settings.notSet');
  if (value === '') return t('settings.empty');
  return String(value);
}

const matches = (
  t: Translate,
  entry: SettingEntry,
  search: string,
): boolean => {
  const wanted = search.trim().toLocaleLowerCase('en');
  return [
    entry.key,
    entry.description,
    valueText(t, entry.value),
    sourceText(t, entry),
  ].some(text => text.toLocaleLowerCase('en').includes(wanted));
};

/** Entries by a key, in the order of their first appearance. */
function groupBy(
  entries: readonly SettingEntry[],
  keyOf: (entry: SettingEntry) => string,
): [string, SettingEntry[]][] {
  const groups = new Map<string, SettingEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups];
}

function Setting(props: { entry: SettingEntry }) {
  const t = useT();
  const { entry } = props;
  const { provenance } = entry;
  return (
    <tr>
      <th scope="row">
        <code className={styles.key}>
          <HostName text={entry.key} />
        </code>
        <span className={styles.description}>{entry.description}</span>
      </th>
      <td>
        {entry.unknown === undefined ? (
          <code className={styles.value}>{valueText(t, entry.value)}</code>
        ) : (
          <span className={styles.unknown}>
            <StatusIcon tone="attention" size={16} />
            <span>
              <strong>{t('settings.unknown')}</strong> {entry.unknown}
            </span>
          </span>
        )}
      </td>
      <td>
        <Badge size="small">{sourceText(t, entry)}</Badge>
        {provenance.location && (
          <span className={styles.location}>{provenance.location}</span>
        )}
      </td>
    </tr>
  );
}

function ClusterSettings(props: { cluster: string; entries: SettingEntry[] }) {
  const t = useT();
  const { cluster, entries } = props;
  const id = `networking-settings-${cluster}`;
  return (
    <section aria-labelledby={id} className={styles.cluster}>
      <Text as="h2" id={id} variant="title-x-small" weight="bold">
        {t('common.cluster', { cluster })}
      </Text>
      {groupBy(entries, entry => entry.key.split('.')[0]).map(
        ([table, settings]) => (
          <Card key={table}>
            <CardBody>
              <table className={styles.table}>
                <caption>[{table}]</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('settings.setting')}</th>
                    <th scope="col">{t('settings.value')}</th>
                    <th scope="col">{t('settings.source')}</th>
                  </tr>
                </thead>
                <tbody>
                  {settings.map(entry => (
                    <Setting key={entry.key} entry={entry} />
                  ))}
                </tbody>
              </table>
            </CardBody>
          </Card>
        ),
      )}
    </section>
  );
}

function Entries(props: { data: SettingsView }) {
  const t = useT();
  const { data } = props;
  const [search, setSearch] = useState('');
  const found = data.entries.filter(entry => matches(t, entry, search));
  return (
    <>
      <p className={styles.intro}>
        {t('settings.intro')}{' '}
        {data.file &&
          t('settings.file', {
            path: <code>{data.file.path}</code>,
            age: <Time iso={data.file.readAt} />,
          })}
      </p>
      {data.findings.map(finding => (
        <FindingView
          key={`${finding.reason}:${finding.subject.name}:${
            finding.subject.field ?? ''
          }`}
          finding={finding}
        />
      ))}
      <div className={styles.search}>
        <SearchField
          label={t('settings.find')}
          placeholder={t('settings.findHint')}
          value={search}
          onChange={setSearch}
        />
        <span role="status" className={styles.count}>
          {search &&
            t('settings.found', {
              n: found.length,
              count: data.entries.length,
            })}
        </span>
      </div>
      {groupBy(found, entry => entry.cluster).map(([cluster, entries]) => (
        <ClusterSettings key={cluster} cluster={cluster} entries={entries} />
      ))}
    </>
  );
}

function Settings() {
  return (
    <Polled view={useSettings()} what="settings" height={520}>
      {data => <Entries data={data} />}
    </Polled>
  );
}

/** Every setting in force with its provenance; what is not known names the key to set. */
export function SettingsPage() {
  return (
    <Container>
      <div className={styles.page}>
        <PermissionGate permission={settingsReadPermission} what="settings">
          <Settings />
        </PermissionGate>
      </div>
    </Container>
  );
}
