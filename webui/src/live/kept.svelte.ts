import type { Form } from '../numbers';
import { get } from './ask';
import type { History } from './answers';
import { served } from './served.svelte';

/// The history, read again whenever the files have been.
export function kept(): { now: History | null } {
  const history = $state<{ now: History | null }>({ now: null });
  $effect(() => {
    if (served.files === 'ready') {
      get<History>('/api/history').then((next) => (history.now = next)).catch(() => {}); // it is over
    }
  });
  return history;
}

const forms: Record<string, Form> = {
  availability: 'availability',
  downtime_minutes_per_year: 'minutes',
  outages_per_year: 'plain',
  'cost.month': 'money',
};

export function formOf(name: string): Form {
  return forms[name] ?? 'count';
}
