/** What a test run came to. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts a report of vitest's json reporter. A file that failed without a failed test (it did not
 * even load) counts as one failure. Undefined when the text is no such report.
 */
export function countUnitTests(text: string): Count | undefined {
  const report = parse(text);
  const passed = numberIn(report, 'numPassedTests');
  const failed = numberIn(report, 'numFailedTests');
  const pending = numberIn(report, 'numPendingTests');
  if (passed === undefined || failed === undefined || pending === undefined) return undefined;
  const files = listIn(report, 'testResults');
  return {
    passed,
    failed: failed + files.filter(failedToLoad).length,
    skipped: pending + (numberIn(report, 'numTodoTests') ?? 0),
  };
}

/**
 * Counts a report of Playwright's json reporter; a test that passed on a second try is a failure
 * here. Errors outside any test count too. Undefined when the text is no such report.
 */
export function countBrowserTests(text: string): Count | undefined {
  const report = parse(text);
  const stats = fieldOf(report, 'stats');
  const passed = numberIn(stats, 'expected');
  const failed = numberIn(stats, 'unexpected');
  if (passed === undefined || failed === undefined) return undefined;
  const flaky = numberIn(stats, 'flaky') ?? 0;
  return {
    passed,
    failed: failed + flaky + listIn(report, 'errors').length,
    skipped: numberIn(stats, 'skipped') ?? 0,
  };
}

function failedToLoad(file: unknown): boolean {
  const tests = listIn(file, 'assertionResults');
  const noneFailed = tests.every((test) => fieldOf(test, 'status') !== 'failed');
  return fieldOf(file, 'status') === 'failed' && noneFailed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function numberIn(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'number' ? field : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const field = fieldOf(value, name);
  return Array.isArray(field) ? field : [];
}
