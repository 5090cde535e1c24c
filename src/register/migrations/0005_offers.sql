-- Who offers public services: the organisations that offers name, each found without looking at every offer.
CREATE INDEX link_to_authority ON link (object) WHERE property = 'http://data.europa.eu/m8g/hasCompetentAuthority';
