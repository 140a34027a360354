import { existsSync, readdirSync } from 'node:fs';
import type { Complete } from '@bomb.sh/tab' with { 'resolution-mode': 'import' };
import type { Command } from 'commander';

const PATHS = ['inputs', 'rules', 'older', 'newer', 'file', 'output', 'baseline'];

/** Adds the command that writes completion for a shell, and answers it: commands, options, formats, and files where an input is named. */
export async function addCompletion(program: Command): Promise<void> {
  const { default: completed } = await import('@bomb.sh/tab/commander');
  for (const { arguments: positions, options } of completed(program).commands.values()) {
    for (const position of positions.values()) if (PATHS.includes(position.name)) position.handler = filesFor;
    for (const option of options.values()) if (PATHS.includes(option.value)) option.handler = filesFor;
  }
}

/** Whatever stands in the folder that the last word names so far. */
function filesFor(complete: Complete): void {
  const [, folder = ''] = /^(.*\/)/.exec(process.argv.at(-1) ?? '') ?? [];
  if (!existsSync(folder || '.')) return;
  const entries = readdirSync(folder || '.', { withFileTypes: true });
  for (const entry of entries) complete(`${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, '');
}
