import { applyTheme, startingTheme } from "./theme";

applyTheme(startingTheme());
