import { InvalidArgumentError } from 'commander';
import type { Issue } from '../formats/issue';

export const LEVELS = ['error', 'warning', 'info'] as const;

/** How bad each code is taken to be, where somebody says otherwise. */
export type Severities = Readonly<Record<string, Issue['level'] | 'off'>>;

/** One of `MESH301=warning`, beside those before it. */
export function severity(text: string, before: Severities = {}): Severities {
  const [, code, level] = /^(MESH\d{3})=(error|warning|info|off)$/.exec(text) ?? [];
  if (code === undefined) throw new InvalidArgumentError('write for example MESH301=info, with error, warning, info or off');
  return { ...before, [code]: level as Issue['level'] | 'off' };
}

/** Findings at the levels that somebody says, without those that are off. */
export function withSeverities(severities: Severities, issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    const level = severities[issue.code] ?? issue.level;
    return level === 'off' ? [] : [{ ...issue, level }];
  });
}

/** Whether a level is as bad as another. */
export function isAsBad(level: Issue['level'], as: Issue['level']): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(as);
}
