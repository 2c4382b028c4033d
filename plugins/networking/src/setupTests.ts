import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Bounds for what never comes, far above what a busy machine needs.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
