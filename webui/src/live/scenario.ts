/// What can be done to an architecture, as the scenario that does it (docs/how-to-write-a-scenario.md).
import { report, type Component } from '../document';
import { targetsOf as neededBy } from '../picture/edges';
import { originalOf } from '../visible';

/// What of the architecture is hit.
export type Aim = 'component' | 'server' | 'called' | 'zone' | 'region';

interface Blow {
  aim: Aim;
  fault: Record<string, string | number>;
  lasts?: boolean; // until somebody mends it; all else comes back as the catalog says
}

export const blows = {
  server: { aim: 'server', fault: { fault: 'down', replicas: 1 } },
  zone: { aim: 'zone', fault: { fault: 'down' } },
  fire: { aim: 'zone', fault: { fault: 'destroy' } },
  region: { aim: 'region', fault: { fault: 'down' } },
  dns: { aim: 'called', fault: { fault: 'unresolve' }, lasts: true },
  config: { aim: 'component', fault: { fault: 'push', error: '100%' }, lasts: true },
  release: { aim: 'component', fault: { fault: 'push', error: '100%', reaches: '10m' }, lasts: true },
  slow: { aim: 'server', fault: { fault: 'degrade', replicas: 1, slower: 10 }, lasts: true },
} satisfies Record<string, Blow>;

export type BlowName = keyof typeof blows;

export function hasToBeMended(name: BlowName): boolean {
  return 'lasts' in blows[name];
}

export interface Target {
  id: string;
  name: string;
}

/// What there is to aim at, as the document has it; a name is one that others call.
export function targetsOf(aim: Aim): Target[] {
  if (aim === 'zone' || aim === 'region') {
    const places = report.components.flatMap((c) => (aim === 'zone' ? c.zones : [c.region ?? '']));
    return [...new Set(places)].filter(Boolean).sort().map((id) => ({ id, name: id }));
  }
  const called = new Set(report.components.flatMap((c) => neededBy(c)));
  const fits = {
    component: () => true,
    server: ({ has_servers }: Component) => has_servers,
    called: ({ id }: Component) => called.has(id),
  }[aim];
  return report.components.filter(fits).map(({ id, name }) => ({ id, name }));
}

/// After a minute of quiet, so that what was before is seen beside what follows.
/// lasts  how long, where it has to be mended
export function scenarioOf(name: BlowName, title: string, target: string, lasts: string): string {
  const { aim, fault } = blows[name];
  const ends = hasToBeMended(name) ? { for: lasts } : {};
  const told = { at: '1m', ...ends, ...fault, match: { [aim === 'called' || aim === 'server' ? 'component' : aim]: originalOf(target) }, what: title };
  const members = Object.entries(told).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `scenario: ${JSON.stringify(title)}\nfaults:\n  - {${members.join(', ')}}\n`;
}
