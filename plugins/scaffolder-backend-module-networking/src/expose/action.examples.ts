import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Shown under "Installed actions". Each runs as a test. */
export const examples: TemplateExample[] = [
  {
    description:
      'Expose a component that has one Service with one port, under its own name.',
    example: stringify({
      steps: [
        {
          id: 'expose',
          name: 'Expose the component',
          action: 'networking:component:expose',
          input: { entityRef: 'component:default/docs' },
        },
      ],
    }),
  },
  {
    description: 'Name the component alone, and choose the host label.',
    example: stringify({
      steps: [
        {
          id: 'expose',
          name: 'Expose the component',
          action: 'networking:component:expose',
          input: { entityRef: 'docs', hostLabel: 'handbook' },
        },
      ],
    }),
  },
  {
    description:
      'Choose one of several Services, where the cluster and the namespace have to be said too.',
    example: stringify({
      steps: [
        {
          id: 'expose',
          name: 'Expose the second version',
          action: 'networking:component:expose',
          input: {
            entityRef: 'component:default/shop',
            cluster: 'local',
            namespace: 'shop',
            service: 'shop-v2',
            port: 8080,
            hostLabel: 'shop-beta',
          },
        },
      ],
    }),
  },
  {
    description:
      'Give the requests of a URL that answers already to another Service of the component. Without replace the step fails and changes nothing.',
    example: stringify({
      steps: [
        {
          id: 'expose',
          name: 'Switch to the second version',
          action: 'networking:component:expose',
          input: {
            entityRef: 'component:default/shop',
            service: 'shop-v2',
            hostLabel: 'shop',
            replace: true,
          },
        },
      ],
    }),
  },
];
