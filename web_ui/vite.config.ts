import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  base: '/app/',
  plugins: [react()],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200 },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  test: {
    testTimeout: 120_000,
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // One page for all files: making one is most of the time, and each test cleans up after itself.
    isolate: false,
    maxWorkers: 1,
  },
})
