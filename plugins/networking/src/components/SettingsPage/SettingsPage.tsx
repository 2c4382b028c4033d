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
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { PermissionGate } from '../PermissionGate';
import { Polled } from '../Polled';
import { StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './SettingsPage.module.css';

const SOURCES: Record<SettingSource, string> = {
  override: 'override',
  'config.toml': 'config.toml',
  'app-config': 'app-config',
  computed: 'computed',
  default: 'default',
};

const valueText = (value: SettingEntry['value']): string => {
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  if (value === undefined) return 'not set';
  if (value === '') return 'empty';
  return String(value);
};

const matches = (entry: SettingEntry, search: string): boolean => {
  const wanted = search.trim().toLocaleLowerCase('en');
  return [
    entry.key,
    entry.description,
    valueText(entry.value),
    entry.provenance.source,
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
          <code className={styles.value}>{valueText(entry.value)}</code>
        ) : (
          <span className={styles.unknown}>
            <StatusIcon tone="attention" size={16} />
            <span>
              <strong>Not known.</strong> {entry.unknown}
            </span>
          </span>
        )}
      </td>
      <td>
        <Badge size="small">
          {SOURCES[provenance.source] ?? provenance.source}
        </Badge>
        {provenance.location && (
          <span className={styles.location}>{provenance.location}</span>
        )}
      </td>
    </tr>
  );
}

function ClusterSettings(props: { cluster: string; entries: SettingEntry[] }) {
  const { cluster, entries } = props;
  const id = `networking-settings-${cluster}`;
  return (
    <section aria-labelledby={id} className={styles.cluster}>
      <Text as="h2" id={id} variant="title-x-small" weight="bold">
        Cluster {cluster}
      </Text>
      {groupBy(entries, entry => entry.key.split('.')[0]).map(
        ([table, settings]) => (
          <Card key={table}>
            <CardBody>
              <table className={styles.table}>
                <caption>[{table}]</caption>
                <thead>
                  <tr>
                    <th scope="col">Setting</th>
                    <th scope="col">Value</th>
                    <th scope="col">Comes from</th>
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
  const { data } = props;
  const [search, setSearch] = useState('');
  const found = data.entries.filter(entry => matches(entry, search));
  return (
    <>
      <p className={styles.intro}>
        What is in force, and where each value comes from. An override counts
        more than config.toml, that more than app-config, that more than what is
        computed. They are read-only here.{' '}
        {data.file && (
          <>
            File <code>{data.file.path}</code>, read{' '}
            <Time iso={data.file.readAt} />.
          </>
        )}
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
          label="Find a setting"
          placeholder="Key, value or source"
          value={search}
          onChange={setSearch}
        />
        <span role="status" className={styles.count}>
          {search && `${found.length} of ${data.entries.length} settings`}
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
    <Polled view={useSettings()} what="the settings" height={520}>
      {data => <Entries data={data} />}
    </Polled>
  );
}

/** Every setting in force with its provenance; what is not known names the key to set. */
export function SettingsPage() {
  return (
    <Container>
      <div className={styles.page}>
        <PermissionGate permission={settingsReadPermission} what="the settings">
          <Settings />
        </PermissionGate>
      </div>
    </Container>
  );
}
