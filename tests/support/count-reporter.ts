/** Ends a run with one plain line that machines and people read alike: `N passed, N failed`. */
import type { Reporter, TestModule } from 'vitest/node';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      passed += states.filter((state) => state === 'passed').length;
      const bad = states.filter((state) => state !== 'passed').length;
      failed += module.ok() ? bad : Math.max(1, bad);
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
