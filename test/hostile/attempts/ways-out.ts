import type { Caller, Target } from '../../../lib/verdict/requests/request';
import { type Attempt, CART, type Kind, PAYMENT } from '../attempt';

const attempt = (what: string, from: Caller, to: Target): Attempt => ({ what, request: { from, to } });

const BANK = 'api.bank.example.com';
const WORKER: Caller = { workload: 'shop/worker-v1' };

/** Out of the mesh, where only payments may go, to the bank alone. */
export const WAYS_OUT: Kind = {
  title: 'Out of the mesh',
  attempts: [
    attempt('the cart asks the bank', CART, { host: BANK, port: 443 }),
    attempt('the worker asks the bank', WORKER, { host: BANK, port: 443 }),
    attempt('the ledger asks the bank', { workload: 'payments/ledger-v1' }, { host: BANK, port: 443 }),
    attempt('payments ask the bank on another port', PAYMENT, { host: BANK, port: 8443 }),
    attempt('payments ask the bank without TLS', PAYMENT, { host: BANK, port: 80 }),
    attempt('the cart dials an address outside', CART, { address: '203.0.113.10', port: 443 }),
    attempt('the worker dials an address outside', WORKER, { address: '203.0.113.10', port: 443 }),
    attempt('payments dial an address outside on another port', PAYMENT, { address: '203.0.113.10', port: 22 }),
    attempt('payments dial the metadata of the cloud', PAYMENT, { address: '169.254.169.254', port: 80 }),
    attempt('payments dial the metadata of the cloud on the bank’s port', PAYMENT, { address: '169.254.169.254', port: 443 }),
    attempt('payments dial a private address on the bank’s port', PAYMENT, { address: '10.0.0.7', port: 443 }),
    attempt('the cart dials a private address', CART, { address: '10.0.0.7', port: 5432 }),
    attempt('the cart sends mail', CART, { address: '203.0.113.25', port: 25 }),
    attempt('the cart asks a DNS server outside', CART, { address: '8.8.8.8', port: 53 }),
  ],
};
