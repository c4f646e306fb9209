// Starts the desk: styles, language, theme, then the first request and the first picture together.

import "@sapa/ui/tokens.css";
import "@sapa/ui/base.css";
import "@sapa/ui/forms.css";
import "./app/fonts.css";
import { mount } from "svelte";
import App from "./app/App.svelte";
import { app } from "./app/app.svelte";
import { startLanguage } from "./app/language.svelte";
import { startPreferences } from "./app/preferences.svelte";

startLanguage();
startPreferences();
void app.start();
mount(App, { target: document.getElementById("app")! });
