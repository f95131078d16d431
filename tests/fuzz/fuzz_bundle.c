/* Fuzzes the checking of bundles. Promises: no crash; without a key and a checkpoint from elsewhere nothing is tied; what is
 * listed is counted, has a kind and a sentence. */
#include <stdlib.h>

#include "ledger/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bundle_memory memory = {{(const char *)data, size}};
    struct verify *verify;
    struct error error = {0};
    if (!bundle_verify(bundle_of(&memory), SLICE_EMPTY, SLICE_EMPTY, &verify, &error)) {
        if (error.code == ERROR_NONE) abort();
        return 0;
    }
    bool tied = true;
    size_t listed;
    size_t count = verify_end(verify, &tied);
    const struct verify_finding *findings = verify_findings(verify, &listed);
    if (tied || listed > count) abort();
    for (size_t i = 0; i < listed; i++) {
        if (findings[i].what[0] == '\0' || findings[i].sentence[0] == '\0') abort();
    }
    verify_free(verify);
    return 0;
}
