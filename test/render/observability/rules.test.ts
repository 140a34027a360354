import { renderAlert } from '../../../lib/render/observability/rules';

const style = { runbook: 'https://x/alerts', severity: { urgent: 'page', ordinary: 'ticket' }, labels: { service: 'cart' } };
const words = { alert: 'A', expr: 'up == 0', for: '5m', summary: 'one line', description: 'more' };

describe('an alert', () => {
  it('has a severity, a summary and a page of its own', () => {
    expect(renderAlert(style, { ...words, labels: { version: 'v2' } })).toEqual({
      alert: 'A',
      expr: 'up == 0',
      for: '5m',
      labels: { service: 'cart', version: 'v2', severity: 'ticket' },
      annotations: { summary: 'one line', description: 'more', runbook_url: 'https://x/alerts/A.md' },
    });
    expect(renderAlert(style, { ...words, isUrgent: true })).toMatchObject({ labels: { severity: 'page' } });
  });
});
