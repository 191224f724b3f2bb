/** @typedef {{passed: number, failed: number}} Tally */

/**
 * @typedef {object} VitestReport what vitest's json reporter writes, as far as it is counted here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{status: string, assertionResults: {status: string}[]}[]} testResults one per test file
 */

/**
 * Counts a vitest run by its JSON report (undefined where it wrote none). What failed outside a test counts as one
 * failure: a file that cannot be loaded, a hook, a crash, a run without any test.
 * @param {VitestReport | undefined} report
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tally(report, exitCode) {
  if (!report) return {passed: 0, failed: 1}
  const passed = report.numPassedTests
  const failed = report.numFailedTests + report.testResults.filter(failedOutsideTests).length
  const brokenRun = failed === 0 && (exitCode !== 0 || passed === 0)
  return {passed, failed: brokenRun ? 1 : failed}
}

/**
 * @param {VitestReport['testResults'][number]} file
 * @returns {boolean}
 */
function failedOutsideTests({status, assertionResults}) {
  return status === 'failed' && !assertionResults.some(test => test.status === 'failed')
}
