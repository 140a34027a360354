package judge

import (
	"context"
	"encoding/json"
	"fmt"
)

// Stored is the objects of a text as an API server would keep them: of kinds that it knows, with defaults filled in.
func (j *Judge) Stored(ctx context.Context, text []byte) ([]json.RawMessage, error) {
	objects, findings := parse(map[string][]byte{"": text})
	if len(findings) > 0 {
		return nil, fmt.Errorf("%s", findings[0].Text)
	}
	stored := make([]json.RawMessage, len(objects))
	for index, o := range objects {
		findings := j.kinds.admit(ctx, o)
		if o.stored == nil {
			return nil, fmt.Errorf("%s: %s", o, findings[0].Text)
		}
		written, err := o.stored.MarshalJSON()
		if err != nil {
			return nil, err
		}
		stored[index] = written
	}
	return stored, nil
}
