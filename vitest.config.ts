import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Half of the tests wait for processes and servers, so two run side by side on a small machine too.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: ['default', './tests/support/count-reporter.ts'],
  },
});
