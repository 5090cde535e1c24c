-- What sources said of a record, found without looking at all that each of them said.
CREATE INDEX told_of_record ON told (record);
