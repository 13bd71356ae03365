import { createAnAccountWithEverything, report, search } from "./oriel";

createAnAccountWithEverything({ firstNameOfTheOwner: "A", lastNameOfTheOwner: "L", addressOfTheOwner: "London" }).then((account) => account.id);
search();
search({ text: "a" });
report({ first: "a" }, { onProgress: ({ done, total }) => done / total });

// @ts-expect-error: three are required
createAnAccountWithEverything({ firstNameOfTheOwner: "A" });
