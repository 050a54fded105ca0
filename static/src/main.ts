import { mount } from 'svelte'
import { keepSyncing } from './store/running'
import { afterWipe, startSession } from './store/session'
import { persistAfterFirstSave } from './store/storage'
import { watchUpdates } from './store/update'
import { keepDirectoryWarm } from './store/warm'
import App from './ui/App.svelte'
import './ui/theme.css'

keepSyncing(__APP_VERSION__, (unsent) => void afterWipe(unsent))
persistAfterFirstSave()
keepDirectoryWarm()
void startSession()

const target = document.getElementById('app')
if (target !== null) mount(App, { target })

// In development there is no built worker.
if (import.meta.env.PROD) void watchUpdates()
