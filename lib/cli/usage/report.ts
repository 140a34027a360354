import type { Command } from 'commander';
import { report, type ReportFormat } from '../commands/report';
import { formatOption } from './format-option';
import { allOf, type Done, type FileOptions, textsOf, withFiles } from './inputs';

interface ReportOptions extends FileOptions {
  readonly format: ReportFormat;
}

const REPORT_CODES = `
Exit codes: 0 it is written, 2 no way to read the manifests.`;

export function addReport(program: Command, done: Done): void {
  withFiles(program.command('report [inputs...]'))
    .description('who may call whom, as a page for reviewers: calls, gateways, openings, exceptions')
    .addOption(formatOption('markdown', 'text', 'json'))
    .addHelpText('after', `\nExample: istio-constructs report k8s > access.md${REPORT_CODES}`)
    .action((inputs: string[], options: ReportOptions) => done(report(textsOf(allOf(inputs, options), options), options.format)));
}
