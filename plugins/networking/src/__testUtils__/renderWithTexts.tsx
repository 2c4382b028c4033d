import type { ReactElement, ReactNode } from 'react';
import { render } from '@testing-library/react';
import { errorApiRef } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { MockErrorApi, TestApiProvider, mockApis } from '@backstage/test-utils';

const apis = [
  [translationApiRef, mockApis.translation()],
  [errorApiRef, new MockErrorApi()],
] as const;

const Texts = (props: { children: ReactNode }) => (
  <TestApiProvider apis={apis}>{props.children}</TestApiProvider>
);

/** Renders what needs no API but the texts. */
export const renderWithTexts = (element: ReactElement) =>
  render(element, { wrapper: Texts });
