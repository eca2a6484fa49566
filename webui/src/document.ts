import { parsed } from './visible';

/// The JSON report as `outlast check -o json` writes it: the parts that the page shows.
/// Nothing here is computed; what the page says stands in the document.

export type Verdict = 'no' | 'unknown' | 'degraded' | 'yes' | 'n/a';
export type Condition = 'down' | 'degraded' | 'carried' | 'saturated' | 'exposed' | 'endangered' | 'serving';
export type Goal = 'availability' | 'scalability' | 'security' | 'cost';
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Grade = 'good' | 'partly' | 'poor' | 'unknown';
export type Outcome = 'passed' | 'failed' | 'inconclusive' | 'not judged';
/// Without end is the word "unbounded".
export type Seconds = number | 'unbounded' | null;

export interface Evidence {
  address: string;
  file?: string;
  line?: number;
  pointer?: string;
}

export interface Need {
  to: string;
  any_of?: string[];
  at_least?: number;
  via?: string;
  strength: string;
  kind: string;
  confidence: string;
  evidence: Evidence;
}

export interface Component {
  id: string;
  name: string;
  kind: string;
  type: string | null;
  provider: string | null;
  service_model: string | null;
  region: string | null;
  zones: string[];
  replicas: number | null;
  has_servers: boolean; // that fail one by one
  at_least: number;
  group: string | null;
  parts: string[];
  needs: Need[];
  source: Evidence;
}

export interface Journey {
  name: string;
  weight: number;
  inferred: boolean;
  enters: { component: string; users_fraction: number }[];
}

export interface Effect {
  component: string;
  condition: Condition;
  depth: number;
  why: string;
}

export interface TimedStep {
  at_s: number | 'unbounded';
  component: string;
  event: string;
  cause: string;
  condition: Condition | null;
}

/// Numbers over the time since it began, at even steps.
export type Series = { step_s: number } & Partial<
  Record<
    | 'users'
    | 'offered_per_s'
    | 'served_per_s'
    | 'failed_per_s'
    | 'latency_s'
    | 'lost_fraction'
    | 'replicas'
    | 'loss_usd'
    | 'usd_per_hour',
    number[]
  >
>;

export interface Row {
  case: string;
  mode: string | null;
  scope: string | null;
  class: string;
  rto_s: number;
  rpo_s: number;
  survives: Verdict;
  downtime_s: Seconds;
  downtime_p90_s: Seconds;
  /** Both ends by what is not known, where they lie far apart. */
  downtime_low_s?: Seconds;
  downtime_high_s?: Seconds;
  users_fraction: number | null;
  users_range: [number, number] | null;
  data_loss: { kind: string; seconds: number | null; stores: string[] };
  every_years: number | null;
  because: string[];
  cut: string[];
  effects: Effect[];
  story: TimedStep[];
  series: Series | null;
  gate: Outcome;
}

export interface JourneyFigures {
  name: string;
  weight: number;
  value: number;
  low: number;
  high: number;
  outages_per_year: number;
  mean_outage_s: number;
  objective: number | null;
}

export interface Availability {
  value: number;
  low: number;
  high: number;
  mean_low: number;
  mean_high: number;
  exactness: string;
  range_exactness: string;
  downtime_minutes_per_year: number;
  outages_per_year: number;
  mean_outage_s: number;
  objective: number | null;
  met: boolean | null;
  next_year: {
    p_none: number;
    p_none_low: number;
    p_none_high: number;
    median_minutes: number;
    one_in_ten_minutes: number;
    p_objective_met: number | null;
    p_objective_met_low: number | null;
    p_objective_met_high: number | null;
    years_sampled: number;
  } | null;
  journeys: JourneyFigures[];
}

export interface BillLine {
  component: string | null;
  address: string;
  what: string | null;
  state: string;
  basis: string;
  month: number | null;
  quantity: string | null;
  price: {
    usd: string;
    per: string;
    unit: string;
    source: string;
    as_of: string | null;
  } | null;
  why: string | null;
  evidence: Evidence;
}

export interface Cost {
  currency: string;
  unpriced_fraction: number;
  unpriced_lines: number;
  open_lines: number;
  month: number;
  month_fixed: number;
  month_per_use: number;
  budget: number | null;
  within_budget: boolean | null;
  month_idle: number;
  idle: { rule: string; addresses: string[]; saves_month: number }[];
  expected_loss: { journey: string; year: number; year_low: number; year_high: number }[];
  by_users: { users: number; month: number }[];
  lines: BillLine[];
}

export interface Finding {
  rule: string;
  name: string;
  severity: Severity;
  goal: Goal;
  components: string[];
  title: string;
  claim: string;
  evidence: Evidence[];
  remedy: string;
  confidence: string;
  downtime_minutes_per_year: number;
  cut: string[];
  fingerprint: string;
  fails: boolean;
  in_baseline: boolean | null;
  ignored: { by: string; reason: string; until: string | null } | null;
}

export interface AttackStep {
  component: string;
  text: string;
  how: string;
  evidence: Evidence;
}

export interface AttackPath {
  to: string;
  text: string;
  open: 'yes' | 'no' | 'unknown';
  break_ins: number;
  by_design: boolean;
  only_in_failover: boolean;
  holds: string | null;
  holds_is_guessed: boolean;
  steps: AttackStep[];
}

export interface Security {
  paths: AttackPath[];
  smallest_cut: { possible: boolean; edges: AttackStep[] } | null;
  blast_radius: {
    of: string;
    name: string;
    kind: string;
    data: string[];
    perhaps_data: string[];
    components_reached: number;
  }[];
}

export interface Store {
  id: string;
  name: string;
  copies: { name: string; kind: string; restorable: number }[];
  restorable: number;
  restorable_low: number;
  restorable_high: number;
  cut_sets: string[][];
  has_all_cut_sets: boolean;
}

export interface Fix {
  fingerprint: string;
  component: string;
  components: string[];
  remedy: string;
  changes: {
    case: string;
    mode: string | null;
    scope: string | null;
    before: Verdict;
    after: Verdict;
  }[];
  hours_saved_per_year: number;
}

/** Things that stop users when all of them last at once, though no fewer do. */
export interface FaultSet {
  events: string[];
  planned: boolean;
  journeys: string[];
  users_fraction: number;
  every_years: number;
  alike: number;
}

export interface FaultSets {
  count: number;
  complete: boolean;
  downtime_minutes_per_year: number;
  worst: FaultSet[];
}

/** How much one thing that may fail matters to all users. */
export interface Importance {
  event: string;
  component: string | null;
  alike: number;
  every_years: number;
  downtime_minutes_per_year: number;
  fussell_vesely: number;
  birnbaum: number;
  raw: number;
}

export interface Habit {
  grade: Grade;
  value: number | null;
  evidence: string;
}

export interface Report {
  schema_version: number;
  tool: { name: string; version: string };
  seed: number;
  name: string;
  inputs: { path: string; format: string; sha256: string }[];
  coverage: {
    resources: number;
    understood: number;
    unknown_types: string[];
    unknown_attributes: string[];
  };
  components: Component[];
  journeys: Journey[];
  survival: Row[];
  availability: Availability | null;
  cost: Cost | null;
  habits: Record<string, Habit>;
  depends_on: { vendor: string; users_fraction: number; value_fraction: number | null }[];
  stores: Store[];
  importance: { count: number; complete: boolean; worst: Importance[] };
  single_faults: FaultSets;
  double_faults: FaultSets;
  planned_work: {
    component: string;
    service_model: string | null;
    on: string | null;
    per_year: number;
    lasts_s: number;
    downtime_minutes_per_year: number;
    source: string;
  }[];
  security: Security;
  findings: Finding[];
  gate: {
    outcome: Outcome;
    findings: Outcome;
    budget: Outcome;
    availability: { journey: string | null; wanted: number; outcome: Outcome }[];
  };
  fix_first: Fix[];
  assumptions: { name: string; value: string; source: string }[];
}

/// The answer of `outlast compare --service-models -o json`: the parts that the page shows.
export interface Variant {
  name: string;
  service_model: string | null;
}

export interface ServiceModels {
  variants: (Variant & { cost_by_users: { users: number; month: number | null }[]; cost_ends: string })[];
  break_even: { users: number; cost: number; below: string; above: string; is_complete: boolean }[];
  never_dearer: { cheaper: string; dearer: string; up_to_users: number; is_complete: boolean }[];
}

/// A document that the page came with, of this name.
function broughtAs(id: string): unknown {
  return parsed(document.getElementById(id)?.textContent ?? 'null');
}

/// The document that the page came with; null where it is asked for instead (`outlast serve`).
const brought = broughtAs('document') as Report | null;

/// The same on other service models; null where nobody worked it out.
export const serviceModels = broughtAs('models') as ServiceModels | null;

/// Set before anything that shows it is there, and replaced only together with all that does.
export let report = brought as Report;

let byId = new Map<string, Component>();

export function isServed(): boolean {
  return brought === null;
}

export function take(next: Report): void {
  report = next;
  byId = new Map(next.components.map((component) => [component.id, component]));
}

if (brought !== null) {
  take(brought);
}

export function componentOf(id: string): Component | undefined {
  return byId.get(id);
}

/// The short name of a component, or the text itself where it is none.
export function nameOf(id: string): string {
  return byId.get(id)?.name ?? id;
}

/// What stands at a JSON pointer of a document.
export function at(pointer: string, of: unknown): unknown {
  let value = of;
  for (const part of pointer.split('/').slice(1)) {
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
