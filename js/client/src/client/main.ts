// The script of the page's world: window.oriel.
import { refuseBlobs } from "./blobs";
import { createClient } from "./client";
import { sendBytes } from "./fetch";

createClient(window);
sendBytes(window);
refuseBlobs();
