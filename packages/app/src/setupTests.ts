import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The default of 1 s would assert how fast the machine is. This bounds what never comes.
configure({ asyncUtilTimeout: 60_000 });
