/// What is to be tried next: kept while the page shows another document.
import type { Aim, BlowName } from './scenario';

export const wish = $state({
  what: 'server' as BlowName | 'users' | 'incident',
  targets: {} as Partial<Record<Aim, string>>,
  incident: '',
  lasts: '1h',
  from: 100,
  steps: 100, // of the users that come: from 100 to 1,000,000, each step the same factor
  within: '10m',
});
