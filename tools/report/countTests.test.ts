import { describe, expect, it } from 'vitest';
import { countBrowserTests, countUnitTests } from './countTests.ts';

describe('the count of a test run', () => {
  it('takes the totals of vitest', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, testResults: [] };
    expect(countUnitTests(JSON.stringify(report))).toEqual({ passed: 7, failed: 1, skipped: 2 });
  });

  it('counts a test file that did not load as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    const report = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults };
    expect(countUnitTests(JSON.stringify(report))?.failed).toBe(2);
  });

  it('takes the totals of Playwright, flaky tests and stray errors as failures', () => {
    const stats = { expected: 9, unexpected: 1, flaky: 1, skipped: 3 };
    const text = JSON.stringify({ stats, errors: [{ message: 'no browser' }] });
    expect(countBrowserTests(text)).toEqual({ passed: 9, failed: 3, skipped: 3 });
  });

  it('does not take anything else for a report', () => {
    for (const text of ['', '{}', '[]', 'null', '{"stats":null}']) {
      expect(countUnitTests(text)).toBeUndefined();
      expect(countBrowserTests(text)).toBeUndefined();
    }
  });
});
