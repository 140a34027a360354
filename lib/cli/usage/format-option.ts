import { Option } from 'commander';

/** How to write what was found: the first format where nobody says it. */
export function formatOption(...formats: readonly string[]): Option {
  return new Option('--format <format>', 'how to write it').choices(formats).default(formats[0]);
}
