import { readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string }
const server = 'http://127.0.0.1:8000'

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    tailwindcss(),
    svelte(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      // Registered by hand: the address has to pass a Trusted Types policy.
      injectRegister: false,
      // The manifest is a file of public/, not made here.
      manifest: false,
      injectManifest: {
        // Fonts are cached when first used: the shell must stay small.
        globPatterns: ['**/*.{js,css,html,svg,webmanifest,mjs}', 'icons/*.png'],
        rollupFormat: 'iife',
      },
    }),
  ],
  build: {
    target: 'es2022',
    // The page is served under a policy that allows no data: fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      '/api': server,
      '/_allauth': server,
    },
  },
})
