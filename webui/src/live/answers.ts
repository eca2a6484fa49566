/// The documents of the live view's answers: the parts that the page shows. Nothing is computed.
import type { Evidence, Finding, Row, Seconds, TimedStep, Variant, Verdict } from '../document';
import type { Moment } from '../course';
import { courseInTime, inMinutes, lengthOf } from '../course';

export interface Simulated {
  scenario: string;
  survives: Verdict;
  because: string;
  recovered_s: number | null;
  story: TimedStep[];
  series: {
    step_s: number;
    offered_per_s: number[];
    served_per_s: number[];
    failed_per_s: number[];
    latency_s: number[];
    usd_per_hour: number[];
    parts: Record<string, { use: number[]; replicas: number[] }>;
  };
}

export interface Surge {
  survives: Verdict;
  because: string;
  saturates_first: string | null;
  story: TimedStep[];
  series: {
    step_s: number;
    users: number[];
    offered_per_s: number[];
    served_per_s: number[];
    failed_per_s: number[];
    latency_s: number[];
    usd_per_hour: number[];
    use: Record<string, number[]>;
    replicas: Record<string, number[]>;
  };
}

export interface Replay {
  title: string;
  survives: Verdict;
  because: string[];
  downtime_s: Seconds;
  outcomes: { depends_on: string } | null;
  at_worst_time: { survives: Verdict };
  story: TimedStep[];
  series: { step_s: number; lost_fraction: number[]; loss_usd: number[]; components: Record<string, number[]> };
  prevented_by: { what: string; then: { survives: Verdict } }[];
}

/// What is there in one version only, and which changes of parts make it so.
export interface Turned {
  change: 'new' | 'gone';
  causes: string[];
}

export interface Comparison {
  headline: string;
  variants: Variant[];
  renames: { from: string; to: string; is_stated: boolean; risks_data: boolean }[];
  lost_references: { component: string; names: string; evidence: Evidence }[];
  changes: {
    change: string;
    id: string;
    name: string;
    differences: { what: string; before: string; after: string }[];
    evidence: Evidence;
  }[];
  objectives: { objective: string; text: string }[];
  survival: { base: Row | null; head: Row | null; causes: string[] }[];
  single_points: (Turned & { id: string; name: string })[];
  attack_paths: (Turned & { path: string })[];
  cost: { of: string; base_usd: number; head_usd: number; is_known: boolean }[];
  findings: (Turned & Pick<Finding, 'severity' | 'title' | 'fingerprint'>)[];
  gate: { outcome: string; reasons: string[] };
}

export interface History {
  runs: { run: number; at: string; name: string; version: string }[];
  numbers: {
    name: string;
    last: number;
    change: number | null;
    trend: 'better' | 'worse' | 'same';
    points: { run: number; value: number }[];
  }[];
}

export function courseOfScenario({ story, series }: Simulated): Moment[] {
  return inMinutes(courseInTime(story), lengthOf(series.step_s, series.offered_per_s));
}

export function courseOfSurge({ story, series }: Surge): Moment[] {
  return inMinutes(courseInTime(story), lengthOf(series.step_s, series.users));
}

export function courseOfReplay({ story, series }: Replay): Moment[] {
  return inMinutes(courseInTime(story), lengthOf(series.step_s, series.lost_fraction));
}
